"""
What gunicorn serves, with what every page needs loaded before the first one is asked for.

What is loaded stays for as long as the process lives, so the garbage collector looks at none of it: not meanwhile,
which takes a fifth of the start, and not afterwards, which would write into memory that workers share with their
parent. No connection to the database is among it: each worker opens its own.
"""

import gc
import os
from typing import Final

from django.core.wsgi import get_wsgi_application
from django.template.loader import get_template
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
ON_EVERY_PAGE: Final = ("layout.html", "ui/macros.html")

gc.disable()
application = get_wsgi_application()
reverse("home")
for each in ON_EVERY_PAGE:
    get_template(each)
gc.freeze()
gc.enable()
