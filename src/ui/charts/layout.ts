/** The room around the area of a chart, in pixels. */
export const MARGIN = { top: 8, right: 12, bottom: 0, left: 0 };
/** The same above the area where names of phases or labels of marks stand there. */
export const NAMED_TOP = 16;
/** Room for the numbers of a vertical axis, unless a chart needs more. */
export const Y_WIDTH = 48;
