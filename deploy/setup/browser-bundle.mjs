// One script for the pages that work in the browser (apps/portal/src/uploading/browser): our own compiled modules and the libraries they
// use, each as a function in one file, so that one hash stands for all of it (docs: the page names it as `integrity`).
import { transform } from '@swc/core';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';

/** What a browser is given for an import that is not a file of ours. Anything else is a mistake, and said so. */
const LIBRARIES = {
  zod: 'node_modules/zod/index.js',
  openpgp: 'node_modules/openpgp/dist/openpgp.min.mjs',
  'csv-parse/sync': 'node_modules/csv-parse/dist/esm/sync.js',
  'libphonenumber-js/core': 'node_modules/libphonenumber-js/core/index.js',
  'libphonenumber-js/min/metadata': 'node_modules/libphonenumber-js/metadata.min.json.js',
};
/** Half a megabyte of messages in 50 languages, reached by one `export *` and used by nobody here. */
const LEFT_OUT = /node_modules\/zod\/v4\/locales\/index\.js$/;

/**
 * @param {string} root the project's folder
 * @param {string} dist where the compiled sources are
 * @param {string} entry the page's first module, below dist
 * @param {string} out the file to write, below dist
 */
export async function bundleForBrowser(root, dist, entry, out) {
  const ids = new Map();
  const functions = [];

  async function add(file) {
    if (ids.has(file)) return ids.get(file);
    const id = ids.size;
    ids.set(file, id);
    const { code, imports } = await moduleOf(file);
    const own = {};
    for (const name of imports) own[name] = await add(find(name, file));
    functions[id] = `[${JSON.stringify(own)},function(exports,require){${code}\n}]`;
    return id;
  }

  function find(name, from) {
    if (name.startsWith('.')) return resolve(dirname(from), name);
    if (Object.hasOwn(LIBRARIES, name)) return join(root, LIBRARIES[name]);
    if (/^#[a-z]+$/.test(name)) return join(dist, 'libs', name.slice(1), 'src', 'index.js');
    throw new Error(`${relative(dist, from)} imports ${name}, which is not for browsers.`);
  }

  await add(join(dist, entry));
  await writeFile(join(dist, out), `${HEAD}const modules=[\n${functions.join(',\n')}];\n${LOADER}`);
}

const HEAD =
  '/* With zod, libphonenumber-js, csv-parse (MIT) and OpenPGP.js (LGPL 3.0 or later, openpgpjs.org): their licences are in their packages. */\n';

/** Modules run when first asked for, once; one that is asked for while it runs gives what it has so far, as modules do. */
const LOADER = `const loaded=[];
function load(id){
  if(!loaded[id]){const exports=loaded[id]={};const [own,run]=modules[id];run(exports,(name)=>load(own[name]));}
  return loaded[id];
}
load(0);
`;

/** A module as the body of a function with `exports` and `require`, and the names it asks `require` for. */
async function moduleOf(file) {
  if (LEFT_OUT.test(file)) return { code: '', imports: [] };
  const { code } = await transform(await readFile(file, 'utf8'), {
    swcrc: false,
    filename: file,
    isModule: true,
    sourceMaps: false,
    minify: true,
    jsc: {
      target: 'es2022',
      parser: { syntax: 'ecmascript' },
      // Notices of licences stay. OpenPGP.js comes as small as it can be.
      minify: { compress: !file.includes('openpgp'), mangle: false, format: { comments: 'some' } },
    },
    module: { type: 'commonjs', noInterop: true, ignoreDynamic: true },
  });
  return { code, imports: [...new Set([...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name))] };
}
