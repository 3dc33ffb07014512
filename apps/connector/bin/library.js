// What `import … from '@mash-hub/connector'` gives: the built program, from dist/.
export * from '../../../dist/apps/connector/src/library.js';
