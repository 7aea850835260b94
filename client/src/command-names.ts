/** The commands by name, as the manifest has them. */

export const RESTART = "tlslint.restartServer";
export const SHOW_OUTPUT = "tlslint.showOutput";
export const EXPLAIN = "tlslint.explainRule";
export const INSPECT = "tlslint.inspectCertificate";
export const OPEN_KEY_STORE = "tlslint.openKeyStore";
/** Called after a fix: puts the cursor on what the user has to fill in. */
export const SELECT_PLACEHOLDER = "tlslint.selectPlaceholder";
/** Called by a lens above a certificate: lists the code that reads it. */
export const SHOW_USES = "tlslint.showUses";
/** Called by an action: shows a page about a finding. */
export const EXPLAIN_FINDING = "tlslint.explainFinding";
/** Called by an action that hands over a command for a terminal. */
export const COPY_TEXT = "tlslint.copyText";
export const SHOW_REPORT = "tlslint.showReport";
export const COPY_REPORT = "tlslint.copyReport";
export const SHOW_CONFIGURATION = "tlslint.showConfiguration";
export const COPY_EXAMPLES = "tlslint.copyExamples";
/** Of the views. */
export const REFRESH_VIEWS = "tlslint.refreshViews";
export const OPEN_ROW = "tlslint.openRow";
export const COPY_FINGERPRINT = "tlslint.copyFingerprint";
export const COPY_PIN = "tlslint.copyPin";
export const FIND_USES = "tlslint.findUses";
export const SHOW_PROBLEMS = "tlslint.showCertificatesWithProblems";
export const SHOW_ALL = "tlslint.showAllCertificates";
export const SHOW_TIMELINE = "tlslint.showTimeline";
/** Called by the timeline where it is longer than what is shown. */
export const SHOW_MORE_TIME = "tlslint.showMoreOfTimeline";
/** Called by the last row of a list that is longer than what is shown of it. */
export const SHOW_MORE = "tlslint.showMore";
/** Called by the certificate editor's page, and by the views. */
export const COPY_VALUE = "tlslint.copyValue";
