// The source of page.js: the improvements of govuk-frontend that the pages use. Each page works without it.

import { Button, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink, createAll } from "govuk-frontend";

document.body.classList.add("js-enabled", "govuk-frontend-supported");

createAll(Button, { preventDoubleClick: true });
createAll(ErrorSummary);
createAll(NotificationBanner);
createAll(ServiceNavigation);
createAll(SkipLink);
