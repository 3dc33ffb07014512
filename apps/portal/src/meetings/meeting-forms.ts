import { z } from 'zod';
import { agencyId, id, listOf } from '../cases/case-forms.js';

export const meetingForm = z.object({
  heldAt: z.iso.datetime({ offset: true, error: 'Give the day and time of the meeting' }),
  area: z.string('Say for which area').trim().min(1, 'Say for which area').max(100),
  caseIds: listOf(id).refine((list) => list.length > 0, 'Choose at least one case'),
  attendees: listOf(agencyId).refine((list) => list.length > 0, 'Choose the agencies that take part'),
});
export type MeetingForm = z.infer<typeof meetingForm>;
