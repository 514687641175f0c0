"""What ships and back: the graphs of `resources/model/`, and checkpoints restored from them.

Uses training for what a restored checkpoint needs; nothing here learns.
"""
