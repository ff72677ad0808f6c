import type { Group, GroupContents } from '../api/groups.ts'
import type { Ip } from '../api/ips.ts'
import type { Privilege, PrivilegePlace } from '../api/privileges.ts'
import type { User } from '../api/users.ts'
import type { Target } from './requests.ts'

/**
 * The kinds of data other than a machine that an action is about; `of` identifies one. operations/resources.ts fetches them, and finds them
 * in the pages' data.
 */
export interface ResourceData {
  groups: { of: { account: string }; is: readonly Group[] }
  /** Null if the group is gone. */
  contents: { of: { account: string; id: number }; is: GroupContents | null }
  user: { of: { id: number }; is: User }
  privileges: { of: PrivilegePlace; is: readonly Privilege[] }
  ip: { of: { address: string }; is: Ip }
}

/**
 * How a resource shows that an action was done. Both functions need only the stored operation, so that a page's later fetch can tell how an
 * unclear operation ended. They are methods, so that TypeScript doesn't check `Expected`, as in `Watch`: an operation stored by another
 * version of the dashboard may lack some of its fields.
 */
export interface ShownIn<Resource extends keyof ResourceData, Expected> {
  resource: Resource
  of(target: Target, expected: Expected): ResourceData[Resource]['of']
  /** True if the resource shows that the action was done. */
  isDone(data: ResourceData[Resource]['is'], expected: Expected): boolean
}
