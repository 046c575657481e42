"""Pages of campaigns: the public's, a school's own, an organisation's, the team's."""
