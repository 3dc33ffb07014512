import { setFlagsFromString } from 'node:v8';

/**
 * The first import of the service, before anything is made: the young generation stops growing where it is. Node 24 lets it grow to
 * 134 MB, which batches fill with what is soon garbage: 76 MB more resident memory after 10,000 rows (measured, docs/adr/0014).
 */
setFlagsFromString('--semi-space-growth-factor=1');
