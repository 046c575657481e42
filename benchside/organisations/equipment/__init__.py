"""An organisation's equipment: its table, its queries, how files of it are brought in."""
