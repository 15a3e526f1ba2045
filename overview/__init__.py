"""The pages that show everything together: Vandaag, the list of families, the family page."""
