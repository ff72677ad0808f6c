/**
 * The Content-Security-Policy of every page. Kinds of content that aren't listed fall back to default-src, so they are
 * forbidden.
 */
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
  // The dashboard never turns text into code, so it has no Trusted Types policy. A worker would need a policy, named here.
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
}

/** The dashboard copies text, and keeps the screen awake during a bulk run. No other permissions are needed. */
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
 * The headers of all the dashboard's own answers: pages, scripts, settings. Tests compare the headers of nginx and Caddy
 * with these.
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

/** Sent only over TLS: for two years, browsers use no plain HTTP with this host. Subdomains aren't affected. */
export const TRANSPORT_SECURITY = { 'Strict-Transport-Security': 'max-age=63072000' } as const
