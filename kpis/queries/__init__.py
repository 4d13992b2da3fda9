"""What the pages and papers read about KPIs."""

from kpis.queries.kpi_page import KpiPage, load_kpi_page
from kpis.queries.matrix import Matrix, load_matrix
from kpis.queries.owed import Owed, load_owed
from kpis.queries.registers import (
    Area,
    Register,
    corrected_months,
    first_reported_month,
    kpis_in_order,
    load_areas,
    load_kpi_history,
    load_register,
    reported_months,
    verified_months,
)
from kpis.queries.reliefs import load_reliefs

__all__ = [
    "Area",
    "KpiPage",
    "Matrix",
    "Owed",
    "Register",
    "corrected_months",
    "first_reported_month",
    "kpis_in_order",
    "load_areas",
    "load_kpi_history",
    "load_kpi_page",
    "load_matrix",
    "load_owed",
    "load_register",
    "load_reliefs",
    "reported_months",
    "verified_months",
]
