// What a grouped list needs, loaded once the first view is shown, or before it if the URL has a grouping.

export { groupRows, isGrouping } from './group-rows.ts'
export { HeadingRow } from './heading-row.tsx'
