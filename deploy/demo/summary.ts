import Table from 'cli-table3';
import pc from 'picocolors';
import type { Canaries } from './canaries.js';
import type { MeetingOutcome } from './meeting.js';
import type { AuditOutcome } from './proving.js';
import type { ReviewOutcome } from './review.js';
import type { FeedsOutcome } from './sending-feeds.js';

/** `demo --json` (contracts.md). */
export interface DemoSummary {
  feeds: FeedsOutcome;
  matching: {
    subjects: number;
    proposed: number;
    closerLook: number;
    confirmed: number;
    rejected: number;
    precision: number;
    recall: number;
    recallShown: number;
    truePairs: number;
    missedByOrigin: Record<string, number>;
  };
  marac: MeetingOutcome;
  dhr: ReviewOutcome;
  audit: AuditOutcome;
  canaries: Canaries;
  seconds: { setup: number; run: number };
}

const number = (value: number) => value.toLocaleString('en-GB');
const percent = (value: number) => `${(value * 100).toFixed(1)} %`;

/** The outcome in words a newcomer understands. */
export function tell(summary: DemoSummary): string {
  const { feeds, matching, marac, dhr, audit, canaries, seconds } = summary;
  const table = new Table({
    style: { head: [], border: process.stdout.isTTY ? ['dim'] : [] },
    wordWrap: true,
    colWidths: [22, 82],
  });
  table.push(
    [
      'Feeds',
      `${number(feeds.rows)} rows in ${feeds.submissions} submissions, each encrypted to the hub and signed by its agency. ${number(feeds.accepted)} accepted, ${feeds.quarantined} set aside with a reason; every receipt opened.`,
    ],
    [
      'Matching',
      `${number(matching.subjects)} people the hub has cause to hold. ${number(matching.proposed)} records proposed as theirs: ${percent(matching.precision)} of them right, ${percent(matching.recall)} of all there are found (${percent(matching.recallShown)} with "closer look"). Everything else stays sealed.`,
    ],
    ['Decisions', `${matching.confirmed} confirmed and ${matching.rejected} rejected by people; perpetrators by two.`],
    [
      'MARAC',
      `${marac.cases} cases, ${marac.packs} packs, each different: ${number(marac.itemsReleased)} items released with a basis, ${number(marac.itemsWithheld)} withheld with a reason. ${marac.opened} opened and acknowledged by their recipients.`,
    ],
    [
      'Homicide review',
      `${dhr.requests} agencies asked, ${dhr.histories} answered, ${dhr.events} events in one chronology; packs to the panel.`,
    ],
    [
      'Audit',
      audit.verified
        ? `${number(audit.size)} acts in the log, exported and verified offline. Root ${audit.root.slice(0, 16)}…`
        : pc.red('The log did NOT verify.'),
    ],
    [
      'Person data in clear',
      `${canaries.kafka} in Kafka, ${canaries.postgres} in the database, ${canaries.logs} in the logs`,
    ],
    ['Time', `${seconds.setup.toFixed(0)} s set-up, ${seconds.run.toFixed(0)} s run`],
  );
  return table.toString();
}

/** What the demonstration promises; a smaller county is too small to judge the matching by. */
const PRECISION = 0.98;
const RECALL = 0.9;
const ENOUGH_PAIRS = 300;

/** @returns what is wrong with the outcome, if anything: the demo then ends with an error */
export function faultsOf({ audit, canaries, marac, matching, dhr }: DemoSummary): string[] {
  const judged = matching.truePairs >= ENOUGH_PAIRS;
  return [
    ...(audit.verified ? [] : ['the audit log did not verify']),
    ...Object.entries(canaries).flatMap(([place, count]) => (count > 0 ? [`person data in clear in ${place}`] : [])),
    ...(marac.opened === marac.packs ? [] : ['not every pack was opened']),
    ...(dhr.histories === dhr.requests ? [] : ['not every history was answered']),
    ...(judged && matching.precision < PRECISION ? [`precision under ${PRECISION}`] : []),
    ...(judged && matching.recall < RECALL ? [`recall under ${RECALL}`] : []),
  ];
}
