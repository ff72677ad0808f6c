const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/

/** True for a URL on this computer, where the tests can change data without harm. */
export const isLoopbackUrl = (url: string): boolean => loopback.test(new URL(url).hostname)
