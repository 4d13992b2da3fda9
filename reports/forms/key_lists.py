"""The meeting to which a proposed key list goes."""

from collections.abc import Sequence

from django import forms
from django.http import QueryDict

from config.ui.formats import day_long
from reports.models import Meeting


class PutToMeetingForm(forms.Form):
    """The meeting to which a proposal goes."""

    meeting = forms.ChoiceField(label="Meeting", widget=forms.RadioSelect)

    def __init__(self, data: QueryDict | None, *, meetings: Sequence[Meeting]) -> None:
        super().__init__(data)
        self._meetings = {str(each.pk): each for each in meetings}
        choices = [(key, f"{day_long(each.meeting_on)}, {each.board.name}") for key, each in self._meetings.items()]
        self.fields["meeting"].choices = choices  # type: ignore[attr-defined]

    @property
    def has_meetings(self) -> bool:
        return bool(self._meetings)

    @property
    def chosen(self) -> Meeting:
        return self._meetings[self.cleaned_data["meeting"]]
