"""The official lists a catalogue is kept true by: apprenticeships, T Levels, HTQs, job codes.

`routes` and `soc` read a line of a list as plain values, without the framework; `importers`
brings them in, over `core.imports`.
"""
