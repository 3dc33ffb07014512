/** `mash audit`: copy the hub's log, check it without trusting the hub, prove one entry of it. */
export { registerAudit, type AuditStreams } from './register-audit.js';
export { exportLog, type Exported } from './exporting.js';
export { openSource, type LogSource } from './sources.js';
export { proveEntry, type Proved } from './proving.js';
export { verifySource, type Verified } from './verifying.js';
export { AuditError, type AuditErrorCode } from './errors.js';
