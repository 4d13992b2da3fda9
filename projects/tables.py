"""The project register as a table over frozen rows."""

from config.ui.tables import Column, DateColumn, LinkColumn, NumberColumn, StatusColumn, Table


class RegisterTable(Table):
    """Every project, by reference unless sorted otherwise."""

    caption = "Projects"
    is_caption_hidden = True
    noun = "project"

    reference = LinkColumn("Ref", href="href", is_row_header=True, order_by="reference_order")
    title = Column("Title")
    scrutiny_area = Column("Scrutiny area")
    stage = Column("Stage", order_by="stage_order", cell=lambda row: row.stage.capitalize())
    declared = StatusColumn("Declared", order_by="declared_order")
    computed = StatusColumn("By its dates", order_by="computed_order")
    original_finish = DateColumn("Original finish")
    finish = DateColumn("Forecast or actual")
    days_late = NumberColumn("Days late")
    rebaselined = NumberColumn("Re-baselined")
    key_rank = NumberColumn("Key rank")
