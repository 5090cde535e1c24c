/**
 * Bundles the script of the query page into a folder: `node build.js FOLDER`.
 *
 * The same sources and packages give the same bytes, so the committed bundle can be held against them (.ci/bundle).
 */

import { build } from "esbuild";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

const folder = process.argv[2];
if (!folder) throw new Error("name the folder that the bundle goes to");

const bundled = await build({
  entryPoints: ["page.js"],
  outfile: join(folder, "query.js"),
  bundle: true,
  format: "esm",
  target: ["chrome111", "firefox113", "safari16.4"],
  minify: true,
  legalComments: "none",
  banner: { js: "/* CodeMirror, Lezer and others, whose licences are in the file LICENSES.txt beside this one. */" },
  metafile: true,
});
await writeFile(join(folder, "LICENSES.txt"), await licences(Object.keys(bundled.metafile.inputs)));

/** The licence of every package that has a file in the bundle. */
async function licences(inputs) {
  const packages = new Set();
  for (const input of inputs) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) packages.add(found[1]);
  }
  const texts = [...packages].sort().map(async (name) => {
    const at = join("node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(at, "package.json"), "utf8"));
    const file = (await readdir(at)).find((file) => /^licen[cs]e/i.test(file));
    if (!file) throw new Error(`${name} has no licence file`);
    return `${name} ${version} (${license})\n\n${(await readFile(join(at, file), "utf8")).trim()}\n`;
  });
  const line = `\n${"-".repeat(72)}\n\n`;
  return `What query.js is made of besides our own sources, each with its licence.\n${line}${(await Promise.all(texts)).join(line)}`;
}
