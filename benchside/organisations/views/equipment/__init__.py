"""Pages of the equipment register: the workspace's, everybody's, and a technician's own."""
