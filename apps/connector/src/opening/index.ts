export { acknowledge } from './acknowledge.js';
export { openHistoryRequest } from './open-history-request.js';
export { openPack, type OpenedPack, type OpenPackKeys } from './open-pack.js';
export { writeOpened } from './pack-files.js';
export { packSummary } from './pack-summary.js';
export { registerPack, type PackPost } from './register-pack.js';
