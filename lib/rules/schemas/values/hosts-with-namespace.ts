import { isAddressText } from './addresses';
import { hasWholeStar, isDnsLabel, isHostWithStar } from './names';

/** A host of a server of a Gateway, perhaps after the namespace of the routes that may have it. */
export function isServerHost(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return isWholeHost(text) || isAddressText(text);
  const [namespaceName, host] = [text.slice(0, slash), text.slice(slash + 1)];
  return isNamespace(namespaceName) && (isWholeHost(host) || isAddressText(host));
}

/** A host of a listener of a Sidecar, after its namespace; `~` before that leaves it out. */
export function isListenedHost(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 1) return false;
  const namespaceName = text.slice(0, slash).replace(/^~/, '');
  return (namespaceName === '' || isNamespace(namespaceName)) && isWholeHost(text.slice(slash + 1));
}

function isNamespace(text: string): boolean {
  return text === '*' || text === '.' || isDnsLabel(text);
}

/** Short names are taken nowhere here. */
function isWholeHost(text: string): boolean {
  return text === '*' || (text.includes('.') && isHostWithStar(text) && hasWholeStar(text));
}
