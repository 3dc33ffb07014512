// A council's own program: checks last night's arrears export, and sends it when it is good enough.
//   node nightly-arrears.js EXPORT.csv AGENCY-FOLDER [--seal-only]
import { check, isHubError, seal, send } from '@mash-hub/connector';

const [file, dir, sealOnly] = process.argv.slice(2);

try {
  const found = await check({ feed: 'arrears', file });
  console.log(`${found.rows} rows: ${found.accepted} good, ${found.quarantined} to correct`);
  for (const { rows, column, problem, advice } of found.groups)
    console.log(`  ${rows} × ${column}: ${problem}. ${advice}`);

  // A night in which every twentieth row is bad is an export that went wrong: somebody should look first.
  if (found.quarantined > found.rows / 20) {
    console.log('Too many problems: not sent.');
    process.exitCode = 1;
  } else if (sealOnly) {
    const { batches, rows } = await seal({ feed: 'arrears', file, dir });
    console.log(`Sealed ${rows} rows in ${batches.length} batch(es); nothing was sent.`);
  } else {
    const { submission } = await send({ feed: 'arrears', file, dir, over: 'https', onNews: console.log });
    console.log(`Sent as submission ${submission}. Its receipt: mash feed receipts --dir ${dir}`);
  }
} catch (error) {
  // Messages of the connector carry no person data and may be logged; others may not.
  console.error(isHubError(error) ? `${error.code}: ${error.message}` : 'It failed.');
  process.exitCode = 2;
}
