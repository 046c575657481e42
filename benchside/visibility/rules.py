"""Who may, with what is shown to everyone."""

from benchside.core.permissions import has_perm, is_system

can_review_stories = has_perm("visibility.review_story", "a reviewer of stories")
can_moderate = has_perm("visibility.moderate_photo", "a moderator of photographs")
can_run_campaigns = has_perm("visibility.run_campaign", "somebody of the campaign team")
can_tidy = is_system
