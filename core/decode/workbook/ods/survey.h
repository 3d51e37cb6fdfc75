/* survey.h: what is to be known of an OpenDocument spreadsheet before its rows
 * are read. The reader's. */
#ifndef FASTSYNC_DECODE_WORKBOOK_ODS_SURVEY_H
#define FASTSYNC_DECODE_WORKBOOK_ODS_SURVEY_H

#include "ods.h"

/* Its sheets. */
bool ods_survey(struct ods *ods, struct err *err);
/* The merged cells of one of them. */
bool ods_survey_areas(struct ods *ods, unsigned sheet, struct err *err);

#endif
