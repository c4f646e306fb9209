// Whether the activity stream is open: it is opened from the rail, by its keys and from the palette.

class ActivityDrawer {
  open = $state(false);
}

export const activity = new ActivityDrawer();
