import { basename, dirname } from 'node:path';
import { prepareFolder, writeTogether } from '../writing/result-files.js';

/** Writes an SVG file, whole or not at all. @throws LinkError */
export async function writePicture(file: string, svg: string): Promise<void> {
  const folder = dirname(file);
  await prepareFolder(folder);
  await writeTogether(folder, [
    { name: basename(file), write: (result) => result.text(`<?xml version="1.0" encoding="UTF-8"?>\n${svg}\n`) },
  ]);
}
