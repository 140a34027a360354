/**
 * Lets an error be printed as its message and the frames of the user that led to it, for the message says the rest. Where no frame is the
 * user's, as in a package that uses this one, the stack stays as it is, and so it does under ISTIO_CONSTRUCTS_DEBUG.
 */
export function showPlainly(error: Error, userFrames: readonly string[]): void {
  if (userFrames.length === 0 || isDebugging()) return;
  // What an engine knows of an error beside its stack is lost when that is read or set, and Node would show a line of its own instead.
  delete error.stack;
  Object.defineProperty(error, 'stack', { value: [error.message, ...userFrames].join('\n'), writable: true, configurable: true });
}

function isDebugging(): boolean {
  return !['', '0', 'false'].includes(process.env.ISTIO_CONSTRUCTS_DEBUG ?? '');
}
