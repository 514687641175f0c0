"""What vulture takes for unused although it is not; every name with its reason. Never imported."""

# Held so that Qt keeps alive what belongs to it.
_._application

# Called by name: entry points, text objects of Qt, D-Bus signals, options of onnxruntime.
main_gui
LIBRARY
_.intrinsicSize
_.drawObject
_.iconSize
_.toolButtonStyle
_.subControls
_.activeSubControls
_._setting_changed
_._prepare_for_sleep
_.intra_op_num_threads
_.log_severity_level
_.enable_cpu_mem_arena
_.IMAGE_OPTIONS
_.spool_max_size
_.disabled
_.send_400_response

# Parts of a value that others read: the training pipeline, the tests, users of a catalogue of their own.
canonicalize
estimate_tokens
_.depth_em
_.GATEWAY
_.CUSTOM
_.YES
_.media_types
_.min_side_px
_.max_bytes
_.max_tokens
_.spec
_.DOCS
_.HTML
_.SPEECH

# What a view tells of itself to tests and to screen readers.
_.snip_text
_.is_stale
_.is_side_by_side
_.is_waiting
_.shows_shot
_.endpoints
_.show_empty

# The page of batches, which is being joined to the providers' batch services.

# Formats are chosen by their names on the command line and in menus; an enumeration reads `_value_`.
_._value_
_.GATHER
_.MULTLINE
_.WORD

# Offered to whoever writes a word that other languages say in several ways (docs/adr/0062).
tr_in

# packaging/model/evaluation/pages reads what it measures by it.
runs_of

# Structures that Windows reads.
_.LimitFlags
_.PerProcessUserTimeLimit
_.ActiveProcessLimit
_.ProcessMemoryLimit
