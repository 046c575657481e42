"""Pages of orders: everybody's, by link, a school's own, and the desk's."""
