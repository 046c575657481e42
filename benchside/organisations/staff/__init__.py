"""The staff list between the framework-free core (`staff_list`) and the database.

`kept` reads who is there as the core knows people; `staging` writes a difference down; `applying`
carries one out; `undoing` takes it back. Permission and audit are asked in `actions.staff_lists`.
"""
