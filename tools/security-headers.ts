/** What a page of the dashboard may do, each directive with its sources. What is not named falls to default-src: nothing. */
const POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'manifest-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  // No policy can be made either: nothing here turns text into code. A worker would need one, named here.
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
}

/** What the dashboard uses of what a page may be forbidden: copying, and keeping the screen awake during a bulk run. */
const USED = ['clipboard-write', 'screen-wake-lock']
const FORBIDDEN = [
  'accelerometer',
  'autoplay',
  'camera',
  'clipboard-read',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'serial',
  'usb',
  'xr-spatial-tracking',
]

/**
 * The headers of every answer that is the dashboard's own: pages, scripts, settings. The one place of
 * their text.
 */
export const SECURITY_HEADERS = {
  'Content-Security-Policy': Object.entries(POLICY)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': [
    ...USED.map((feature) => `${feature}=(self)`),
    ...FORBIDDEN.map((feature) => `${feature}=()`),
  ].join(', '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const

/** Behind TLS: for two years, no plain HTTP to this host. Of what else runs below the host's name it says nothing. */
export const TRANSPORT_SECURITY = { 'Strict-Transport-Security': 'max-age=63072000' } as const
