const MOST_PARTS = 3;

/** Whether localities can stand one after the other: whole, a star at the end alone, and none within one before it. */
export function areApart(localities: readonly string[]): boolean {
  return localities.every(
    (one, index) => isWhole(one) && !localities.slice(0, index).some((before) => holds(partsOf(before), partsOf(one))),
  );
}

function partsOf(locality: string): string[] {
  const parts = locality.split('/');
  return [...parts.slice(0, MOST_PARTS - 1), ...(parts.length < MOST_PARTS ? [] : [parts.slice(MOST_PARTS - 1).join('/')])];
}

function isWhole(locality: string): boolean {
  const star = locality.indexOf('*');
  return partsOf(locality).every((part) => part !== '') && (star < 0 || star === locality.length - 1);
}

/** Istio compares part by part: whichever ends first, or has a star in the one before, stands for the rest. */
function holds(before: readonly string[], one: readonly string[]): boolean {
  const differs = before.findIndex((part, index) => part === '*' || part !== one[index]);
  return differs < 0 || before[differs] === '*' || differs >= one.length;
}
