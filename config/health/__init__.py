"""
How the installation is: for a load balancer that asks whether to send people here, and for whoever watches over it.

What keeps this web process from serving is told apart from what is wrong beside it: because a worker is down, nobody
takes all the web machines away.
"""
