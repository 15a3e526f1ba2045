"""What was changed in a setting, never changed and never removed; and who was told that a review is due."""

from django.db import models

from core.models import Row


class SettingChange(Row):
    """One change of a setting. `before` is empty for a new one. The words are those of that day."""

    setting = models.SlugField(max_length=40)
    # The row that holds from `valid_from`, and what it was called.
    subject_id = models.UUIDField()
    label = models.CharField(max_length=300)
    place = models.CharField(max_length=150, blank=True, default="")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    valid_from = models.DateField()

    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["setting", "-made_at"], name="settingchange_latest")]

    def __str__(self) -> str:
        return f"setting change {self.pk}"


class ReviewNotice(Row):
    """The fact that somebody was told that the review of access of her organisation is due. Once for each week."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    # How many whole weeks late: 0 is the week of the day itself.
    step = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user", "due_on", "step"], name="reviewnotice_told_once")
        ]

    def __str__(self) -> str:
        return f"review notice {self.pk}"
