"""`python -m cli`: the command without its installed script."""

from cli.start import main

main()
