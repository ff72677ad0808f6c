/** A new key for the record of an operation, a plan or a batch. */
export function newRecordKey(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`
}
