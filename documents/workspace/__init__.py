"""The admin side: screens in Wagtail's own clothes. Rules live in actions."""
