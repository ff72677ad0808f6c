/** Messages of 400 answers, in Rails' wording. [fixture], the rest in its manner [choice] */
export const messages = {
  blank: "can't be blank",
  invalid: 'is invalid',
  unlisted: 'is not included in the list',
  notNumber: 'is not a number',
  notInteger: 'must be an integer',
  taken: 'has already been taken',
  atLeast: (least: number) => `must be greater than or equal to ${least}`,
  atMost: (most: number) => `must be less than or equal to ${most}`,
  tooShort: (least: number) => `is too short (minimum is ${least} characters)`,
  tooLong: (most: number) => `is too long (maximum is ${most} characters)`,
  missingParameter: (name: string) => `Missing ${name} parameter`,
} as const
