import { useEffect, useLayoutEffect } from "react";

/** Before `useEffect` of any component, which so meets the newest options. On a server, React 18 warns of a layout effect. */
export const useFirstEffect: typeof useEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;
