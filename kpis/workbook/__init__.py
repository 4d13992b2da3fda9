"""The sheets that are about KPIs: kpis, levels, results and reliefs, in and out of the contract workbook."""
