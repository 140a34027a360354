/** Yes, no, or undefined where nobody can tell. */
export type Maybe = boolean | undefined;

/** No as soon as one says no. */
export function every(answers: Iterable<Maybe>): Maybe {
  let result: Maybe = true;
  for (const answer of answers) {
    if (answer === false) return false;
    if (answer === undefined) result = undefined;
  }
  return result;
}

/** Yes as soon as one says yes. */
export function some(answers: Iterable<Maybe>): Maybe {
  let result: Maybe = false;
  for (const answer of answers) {
    if (answer === true) return true;
    if (answer === undefined) result = undefined;
  }
  return result;
}

export function not(answer: Maybe): Maybe {
  return answer === undefined ? undefined : !answer;
}
