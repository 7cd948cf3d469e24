"""What Wagtail's page permissions never allow, whoever asks, superusers included."""

from wagtail.models import PagePermissionTester


class RetainedPageTester(PagePermissionTester):
    """Editing is Wagtail's to allow; everything that binds or removes is not."""

    def _never(self, *args, **kwargs):
        return False

    can_publish = _never
    can_publish_subpage = _never
    can_unpublish = _never
    can_unschedule = _never
    can_delete = _never
    can_move = _never
    can_move_to = _never
    can_copy = _never
    can_copy_to = _never
    can_set_view_restrictions = _never
    can_reorder_children = _never
