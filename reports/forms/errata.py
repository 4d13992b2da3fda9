"""What a typed sentence should say instead, or why it may stay."""

from typing import Any, Final

from django import forms

LONGEST: Final = 4000
WORDED, STAYS = "worded", "stays"


class TypedWordsForm(forms.Form):
    """One sentence: the contract manager words it, or says why it stays."""

    outcome = forms.ChoiceField(
        label="What becomes of it",
        choices=[(WORDED, "It should read otherwise"), (STAYS, "It may stay as it is")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the sentence should read otherwise."},
    )
    should_read = forms.CharField(
        label="What it should say",
        help_text="The whole sentence, as it should stand in the paper. It becomes an erratum.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    reason = forms.CharField(
        label="Why it may stay",
        help_text="For the record: it is not printed.",
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    @property
    def is_worded(self) -> bool:
        return bool(self.cleaned_data["outcome"] == WORDED)

    def clean(self) -> dict[str, Any]:
        """What is written for the other outcome is not needed, but that of this one is."""
        said = super().clean() or self.cleaned_data
        if said.get("outcome") == WORDED and not said.get("should_read") and "should_read" not in self.errors:
            self.add_error("should_read", "Write what the sentence should say.")
        if said.get("outcome") == STAYS and not said.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say why the sentence may stay as it is.")
        return said
