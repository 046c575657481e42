"""Pages of credit: a technician's own, the lead author's, everybody's, an organisation's."""
