"""The project register as a table over frozen rows."""

from config.ui.tables import Column, DateColumn, LinkColumn, NumberColumn, StatusColumn, Table


class RegisterTable(Table):
    """Every project, by reference unless sorted otherwise."""

    caption = "Projects"
    is_caption_hidden = True
    noun = "project"

    reference = LinkColumn("Ref", href="href", is_row_header=True)
    title = Column("Title")
    scrutiny_area = Column("Scrutiny area")
    stage = Column("Stage")
    declared = StatusColumn("Declared", order_by=("declared_order", "reference"))
    computed = StatusColumn("By its dates", order_by=("computed_order", "reference"))
    original_finish = DateColumn("Original finish")
    finish = DateColumn("Forecast or actual")
    days_late = NumberColumn("Days late")
    rebaselined = NumberColumn("Re-baselined")
    key_rank = NumberColumn("Key")
