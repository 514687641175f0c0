"""What the program needs of the world, one module a subject.

`hotkeys` `screens` `pictures` `engines` `rendering` `clipboard` `storage` `session`: in this order they tell
what happens between a key pressed and a formula kept. Each protocol has one or more adapters (`adapters/`,
`native/`, `ui/`), a fake (`tests/fakes.py`) and one contract suite that both must pass (`tests/contracts/`);
`composition/` says which one is taken. Only protocols live here, and they name types of `core` alone.
"""
