"""What keeps the site running, and tells whoever runs it how it does."""
