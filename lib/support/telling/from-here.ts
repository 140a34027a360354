import * as path from 'path';

// Where the terminal is in which the program was started, wherever the program goes from there.
const HERE = process.cwd();

/** A path as a terminal opens it, seen from the folder of the user: two checkouts of one program say the same. */
export function fromHere(file: string): string {
  const relative = path.relative(HERE, file);
  return path.isAbsolute(relative) ? file : relative.split(path.sep).join('/');
}
