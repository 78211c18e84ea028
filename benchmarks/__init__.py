"""Programs that measure and train; nothing in the product imports them."""
