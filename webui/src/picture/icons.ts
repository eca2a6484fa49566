/// One sign for each kind of component, drawn in a square of 16.
export const icons: Record<string, string> = {
  compute: 'M3 3h10v10H3zM6 6h4v4H6zM6 1v2M10 1v2M6 13v2M10 13v2M1 6h2M1 10h2M13 6h2M13 10h2',
  storage: 'M2 4h12v3H2zM3 7v6h10V7M6 10h4',
  database: 'M3 4c0-3 10-3 10 0v8c0 3-10 3-10 0zM3 4c0 3 10 3 10 0M3 8c0 3 10 3 10 0',
  network: 'M8 2v5M8 7L3 11M8 7l5 4M8 2m-1.5 0h3M3 11m-2 0v3h4v-3zM13 11m-2 0v3h4v-3z',
  security: 'M8 1l6 2v5c0 4-3 6-6 7-3-1-6-3-6-7V3z',
  messaging: 'M1 4h14v8H1zM1 4l7 5 7-5',
  external: 'M6 3H3v10h10v-3M9 2h5v5M14 2L7 9',
  other: 'M8 2a6 6 0 1 0 .01 0M6 6c0-3 4-3 4 0 0 1.500-2 1.500-2 3M8 12v.5',
};
