"""The sheets about projects: projects, milestones, updates and rebaselines, in and out of the contract workbook."""
