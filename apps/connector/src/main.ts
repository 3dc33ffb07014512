const args = process.argv.slice(2);
// Linking files is to start at once: it needs none of the other commands' libraries.
const code =
  args[0] === 'link'
    ? await (await import('./linking/run-alone.js')).runLinkAlone(args)
    : await (await import('./mash.js')).runMash(args);
// A command that ended well may have set a code of its own (problems found, a batch refused).
if (code !== 0) process.exitCode = code;
