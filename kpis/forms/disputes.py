"""What the supplier says against a figure, and what the contract manager answers."""

from django import forms

UPHELD, NOT_UPHELD = "upheld", "not upheld"


class RaiseDisputeForm(forms.Form):
    """The note, and the figure held to be right."""

    note = forms.CharField(
        label="What is wrong with the figure?",
        help_text="Say what was counted wrongly, and where the right figure is seen. The Board’s paper prints this.",
        max_length=4000,
        error_messages={"required": "Say what is wrong with the figure."},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    claimed = forms.CharField(
        label="Figure you hold to be right (optional)",
        help_text="For example 96.2%, or 1,204 of 1,251.",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )


class AnswerDisputeForm(forms.Form):
    """Upheld or not, and why."""

    decision = forms.ChoiceField(
        label="Is the supplier right?",
        choices=[(UPHELD, "Yes, the figure is to be corrected"), (NOT_UPHELD, "No, the figure stands")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the figure is to be corrected or stands."},
    )
    answer = forms.CharField(
        label="Why?",
        help_text="The supplier reads this, and the Board’s paper prints it beside the figure.",
        max_length=4000,
        error_messages={"required": "Say why."},
        widget=forms.Textarea(attrs={"rows": 5}),
    )
